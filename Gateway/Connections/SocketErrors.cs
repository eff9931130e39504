using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OrleansTicker.Gateway.Connections;

/// <summary>Translates the errors of sockets into those that the web server knows.</summary>
internal static class SocketErrors
{
    /// <summary>A <see cref="ConnectionResetException"/> if the client reset the connection; otherwise the error itself.</summary>
    public static Exception Translate(Exception error) => error is SocketException { SocketErrorCode: var code } && IsReset(code)
        ? new ConnectionResetException(error.Message, error)
        : error;

    private static bool IsReset(SocketError code) =>
        code is SocketError.ConnectionReset or SocketError.Shutdown
        || (code is SocketError.ConnectionAborted && OperatingSystem.IsWindows());
}
