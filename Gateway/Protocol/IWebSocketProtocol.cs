using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>A language that both sides speak on a WebSocket. Any thread may call it.</summary>
internal interface IWebSocketProtocol : IWireProtocol
{
    /// <summary>The WebSocket subprotocol that clients may offer to name it (RFC 6455, 1.9).</summary>
    string Subprotocol { get; }

    /// <summary>Reads a client's message.</summary>
    /// <param name="utf8">The message's text.</param>
    /// <param name="message">The message, if it is valid.</param>
    /// <param name="error">What to tell the client, if it is not.</param>
    bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ClientMessage? message, [NotNullWhen(false)] out ErrorMessage? error);
}
