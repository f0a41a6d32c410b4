-- Bytes that are no UTF-8, and positions outside.
-- expect: fine
for _, s in ipairs { "\255", "\192\128", "\237\160\128", "\244\144\128\128", "\128", "a\204", "" } do
  pcall(function() for _, c in utf8.codes(s) do end end)
  pcall(utf8.codepoint, s, math.mininteger, math.maxinteger)
  pcall(utf8.offset, s, math.maxinteger, math.mininteger)
  pcall(utf8.offset, s, math.mininteger)
  pcall(utf8.len, s, math.mininteger, math.maxinteger)
end
pcall(utf8.char, math.maxinteger)
pcall(utf8.char, -1)
return d.x
