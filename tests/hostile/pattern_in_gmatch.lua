-- A pattern that explodes inside gmatch, caught.
-- expect: limit
-- says: instructions
pcall(function()
  for w in (("a"):rep(60)):gmatch(("a*"):rep(8) .. "b") do end
end)
return d.x
