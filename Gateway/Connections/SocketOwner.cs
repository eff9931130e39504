namespace OrleansTicker.Gateway.Connections;

/// <summary>Whose a connection's socket is: who may use it and has to close it.</summary>
internal enum SocketOwner
{
    /// <summary>The web server's, as from the beginning.</summary>
    WebServer,

    /// <summary>Still the web server's; it is being detached.</summary>
    Changing,

    /// <summary>The session's that has detached it. The web server may not touch it any more.</summary>
    Session,
}
