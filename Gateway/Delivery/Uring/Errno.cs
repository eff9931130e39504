namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>Error numbers of Linux, errno(3).</summary>
internal static class Errno
{
    public const int NotPermitted = 1; // EPERM
    public const int Interrupted = 4; // EINTR
    public const int Again = 11; // EAGAIN
    public const int NoMemory = 12; // ENOMEM
    public const int Busy = 16; // EBUSY
    public const int Invalid = 22; // EINVAL
    public const int TooManyInSystem = 23; // ENFILE
    public const int TooManyFiles = 24; // EMFILE
    public const int NotImplemented = 38; // ENOSYS
}
