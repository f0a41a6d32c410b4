-- All characters of a long text at once.
-- expect: limit
-- says: instructions
local s = ("x"):rep(65000)
while true do select("#", utf8.codepoint(s, 1, -1)) end
