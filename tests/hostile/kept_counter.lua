-- What a call left behind must not pass the budget of the next.
-- expect: limit
-- says: limit of memory
for i = 1, 120000 do kept[#kept + 1] = { i } end
return d.x
