-- A text that doubles.
-- expect: limit
-- says: text of more than
local s = "x"
while true do s = s .. s end
