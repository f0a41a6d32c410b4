-- More variables on the left than there are levels.
-- expect: input
-- says: overflow
local t = {}
t.a--[[repeat 5000 ,t.a]] = 1
