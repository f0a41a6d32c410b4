-- A call of a call of a call, two hundred thousand times.
-- expect: input
-- says: compute returned a function
local f
f = function() return f end
f--[[repeat 200000 ()]]
return f
