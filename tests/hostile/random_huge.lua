-- Random numbers with odd names.
-- expect: fine
for _, v in ipairs { "", ("x"):rep(60000), "\0" } do pcall(mera.random, v) end
pcall(mera.random) pcall(mera.random, {}) pcall(mera.random, d.x)
return d.x
