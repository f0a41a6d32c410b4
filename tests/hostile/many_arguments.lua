-- More arguments than there are registers.
-- expect: input
-- says: registers
return math.max(--[[repeat 400 1,]]1)
