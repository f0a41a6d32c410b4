-- Methods of methods, a hundred thousand times in one expression.
-- expect: limit
-- says: 2200000 instructions
return d.x--[[repeat 100000 :abs()]]
