-- A text doubled until it does not fit, by way of every function that makes one.
-- expect: limit
-- says: a text of more than 65536 bytes
for _, double in ipairs {
  function(s) return (s:gsub(".", "%0%0")) end, function(s) return s:rep(2) end,
  function(s) return table.concat({ s, s }) end, function(s) return ("%s%s"):format(s, s) end,
} do
  local s = "x"
  assert(not pcall(function() for _ = 1, 40 do s = double(s) end end))
  assert(#s <= 65536)
end
return d.x
