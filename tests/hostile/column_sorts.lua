-- Sorting columns for ever.
-- expect: limit
-- says: instructions
while true do d.x:sorted() d.x:rank() end
