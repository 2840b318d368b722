"""gunicorn on one node; start it in the folder that holds `wsgi.py`.

    gunicorn --config gunicorn.conf.py wsgi:application
"""

bind = '127.0.0.1:8001'

# Processes, not threads: Trac holds a lock of the process while it waits for
# the database, so two threads of one worker can wait for each other for ever.
worker_class = 'sync'
workers = 4
threads = 1

# A request that hangs, say on a database that is gone, ends here.
timeout = 60
graceful_timeout = 30

# Only nginx is believed what it says of the client's address and scheme.
forwarded_allow_ips = '127.0.0.1'

# To the journal, together with what Trac logs to stderr.
errorlog = '-'
accesslog = None
