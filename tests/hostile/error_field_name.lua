-- Escape codes in a name that Lua itself puts into its message.
-- expect: input
-- says: attempt to call
local t = {}
t["\27[31m\n"]()
