-- A function per unit that takes long for each.
-- expect: limit
-- says: instructions
-- runs: unit
for i = 1, 50000 do end
return d.x
