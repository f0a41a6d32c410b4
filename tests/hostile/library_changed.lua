-- Changing a function for everybody.
-- expect: input
-- says: read-only
math.abs = function() return 666 end
