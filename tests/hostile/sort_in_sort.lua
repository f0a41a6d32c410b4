-- Sorting inside the comparison of a sort, without end.
-- expect: input
-- says: overflow
local function less(a, b) table.sort({ 2, 1, 3 }, less) return a < b end
table.sort({ 2, 1 }, less)
