-- A message that looks like one of another plugin.
-- expect: input
-- says: hostile
error("x\nplugin 'honest' 1.0.0: all data are wrong", 0)
