-- 100,000 brackets inside each other.
-- expect: input
-- says: overflow
return --[[repeat 100000 (]]1--[[repeat 100000 )]]
