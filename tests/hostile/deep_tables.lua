-- 100,000 tables inside each other.
-- expect: input
-- says: overflow
return --[[repeat 100000 {]]--[[repeat 100000 }]]
