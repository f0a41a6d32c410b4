-- Addresses, which differ from run to run.
-- expect: fine
for _, v in ipairs { {}, function() end, tostring, d.x, d, mera } do
  assert(not tostring(v):find("0x"))
  assert(not string.format("%s", v):find("0x"))
end
return d.x
