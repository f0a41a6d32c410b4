-- Names of globals that are no text.
-- expect: fine
assert(math[1] == nil)
assert(not pcall(function() return math["\27[31m"] end))
assert(not pcall(function() return mera[("x"):rep(60000)] end))
return d.x
