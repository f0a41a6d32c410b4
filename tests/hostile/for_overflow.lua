-- A loop whose variable would pass the largest integer.
-- expect: limit
-- says: instructions
while true do
  for i = math.maxinteger - 1, math.maxinteger do end
  for i = math.mininteger, math.mininteger + 1, math.maxinteger do end
end
