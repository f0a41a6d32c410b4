-- A chain of an operator that binds to the right.
-- expect: input
-- says: overflow
return 1 --[[repeat 100000 ^1]]
