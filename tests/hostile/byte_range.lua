-- All bytes of a text at once, again and again.
-- expect: limit
-- says: instructions
local s = ("x"):rep(65000)
while true do select("#", s:byte(1, -1)) end
