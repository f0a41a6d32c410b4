-- A text of 10 MB joined from pieces.
-- expect: input
-- says: too long
local t = {}
for i = 1, 10 do t[i] = ("x"):rep(10000) end
return table.concat(t)
