-- A chain of 100,000 fields.
-- expect: input
-- says: attempt to index
local t = {}
return t--[[repeat 100000 .a]]
