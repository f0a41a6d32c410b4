-- Changing a function for everybody, past the metatable.
-- expect: input
-- says: read-only
rawset(mera, "min", function() return 666 end)
