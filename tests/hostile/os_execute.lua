-- A command of the system.
-- expect: input
-- says: 'os' is not available
os.execute("touch /tmp/hostile")
