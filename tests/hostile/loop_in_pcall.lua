-- A loop that catches what stops it.
-- expect: limit
-- says: instructions
while true do
  pcall(function() while true do end end)
end
