-- Every function over columns with every kind of wrong argument.
-- expect: fine
local odd = { 0 / 0, 1 / 0, -1 / 0, {}, "x", "", true, math.maxinteger, math.mininteger, 1e308, function() end, d.x, d }
for name, f in pairs(mera) do
  if name ~= "plugin" then
    pcall(f)
    for _, a in ipairs(odd) do
      pcall(f, a) pcall(f, d.x, a) pcall(f, a, d.y)
      for _, b in ipairs { 0 / 0, "x", {}, -1, d.x } do pcall(f, d.x, a, b) pcall(f, a, b, d.x) end
    end
  end
end
return d.x
