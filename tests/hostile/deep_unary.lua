-- 100,000 signs before a number.
-- expect: input
-- says: overflow
return --[[repeat 100000 - ]]1
