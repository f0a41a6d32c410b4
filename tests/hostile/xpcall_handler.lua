-- A message handler that loops.
-- expect: input
-- says: 'xpcall' is not available
return xpcall(error, function() while true do end end)
