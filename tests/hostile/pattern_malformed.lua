-- Patterns that end in the middle of an item.
-- expect: fine
for _, p in ipairs { "[", "[^", "[a", "[%", "%", "%b", "%bx", "%f", "%f[", "(", "(()", ")", "%1", "(%1)", "[]", "[^]",
  "[a-", "[%a-", "[-", "%f[^", ("("):rep(40), "\0[", "a\0-", "[\0" } do
  pcall(string.find, "a[%b\0", p)
  pcall(string.gsub, "a[%b\0", p, "%1")
  for w in pairs { p } do pcall(string.match, p, p, w) end
end
return d.x
