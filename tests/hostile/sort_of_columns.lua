-- Columns sorted: they have no order.
-- expect: input
-- says: have no order
local t = { d.x, d.y, d.x + 1, d.y + 1 }
table.sort(t)
return t[1]
