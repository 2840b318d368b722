/* Leaks a kilobyte an event; `leak EVENTS [crash|fork]`. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    const char *how = argc > 2 ? argv[2] : "";
    for (int i = 0; i < atoi(argv[1]); i++) {
        char *volatile event = malloc(1024);
        memset(event, i, 1024);
    }
    if (*how == 'c')
        raise(SIGSEGV);
    if (*how == 'f' && fork())
        wait(0);
    return 0;
}
