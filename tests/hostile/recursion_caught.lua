-- Recursion without end that catches its own overflow again and again.
-- expect: limit
-- says: stopped
local function f() pcall(f) return f() + 1 end
while true do pcall(f) end
