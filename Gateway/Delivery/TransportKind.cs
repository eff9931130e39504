namespace OrleansTicker.Gateway.Delivery;

/// <summary>How frames get to the sockets of sessions.</summary>
internal enum TransportKind
{
    /// <summary><see cref="Uring"/> if the system allows it, otherwise <see cref="Send"/>.</summary>
    Auto,

    /// <summary>Many sends with one system call, io_uring(7).</summary>
    Uring,

    /// <summary>One system call for each frame, send(2).</summary>
    Send,

    /// <summary>Through the web server, which can do so for all connections. The only way over TLS and HTTP/2.</summary>
    Stream,
}
