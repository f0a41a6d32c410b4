# SPDX-License-Identifier: Apache-2.0
# COINr's steps over iData.csv of this folder, by a road of their own: denominate, min-max on 0 to 100
# (or goalposts), weighted means of what is there. -v w="Roads Air Docs Trust Works People"; prints
# uCode,Index,Works,People.
BEGIN { FS = ","; split(w, weight, " "); split("0 0 0 20", low, " "); split("0.5 60 0.01 90", high, " ") }
FNR > 1 {
  n++; code[n] = $2
  x[n, 1] = $7 / $5; x[n, 2] = $8; x[n, 3] = $9 / $6; x[n, 4] = $10
  for (j = 1; j <= 4; j++) {
    if (j == 4 && $10 == "") { x[n, j] = "NA"; continue }
    if (goalposts) continue
    if (!(j in least) || x[n, j] < least[j]) least[j] = x[n, j]
    if (!(j in most) || x[n, j] > most[j]) most[j] = x[n, j]
  }
}
function mean(i, a, b) {
  if (z[i, b] == "NA") return z[i, a]
  return (weight[a] * z[i, a] + weight[b] * z[i, b]) / (weight[a] + weight[b])
}
END {
  for (i = 1; i <= n; i++) {
    for (j = 1; j <= 4; j++) {
      lo = goalposts ? low[j] : least[j]; hi = goalposts ? high[j] : most[j]
      if (x[i, j] == "NA") { z[i, j] = "NA"; continue }
      v = (x[i, j] - lo) / (hi - lo)
      if (goalposts) v = v < 0 ? 0 : v > 1 ? 1 : v
      z[i, j] = 100 * (j == 2 ? 1 - v : v)
    }
    works = mean(i, 1, 2); people = mean(i, 3, 4)
    printf "%s,%.9f,%.9f,%.9f\n", code[i], (weight[5] * works + weight[6] * people) / (weight[5] + weight[6]), works, people
  }
}
