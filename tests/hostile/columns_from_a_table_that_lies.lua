-- A list of columns that answers for itself: it is read raw.
-- expect: input
-- says: a list of 1 to 4096 numbers
local lies = setmetatable({}, { __index = function() return d.x end, __len = function() return 1e9 end })
return mera.weighted_mean(lies, lies)
