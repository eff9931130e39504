using System.Diagnostics.CodeAnalysis;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>
/// A language that clients speak on a WebSocket; the route decides which. Everything that it writes is a whole frame. Any thread may call it.
/// </summary>
internal interface IWireProtocol
{
    /// <summary>The WebSocket subprotocol that clients may offer to name it (RFC 6455, 1.9).</summary>
    string Subprotocol { get; }

    /// <summary>Gets its encoding of quotes.</summary>
    /// <param name="isCompressed">Whether the client takes compressed messages (permessage-deflate, RFC 7692).</param>
    /// <param name="detail">How much of each quote the client is sent.</param>
    IQuoteEncoding GetEncoding(bool isCompressed, DetailLevel detail);

    /// <summary>Reads a client's message.</summary>
    /// <param name="utf8">The message's text.</param>
    /// <param name="message">The message, if it is valid.</param>
    /// <param name="error">What to tell the client, if it is not.</param>
    bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out ClientMessage? message, [NotNullWhen(false)] out ErrorMessage? error);

    /// <summary>Writes a message to a client. For a <see cref="WelcomeMessage"/>, use <see cref="WriteWelcome"/>.</summary>
    byte[] Write(ServerMessage message);

    /// <summary>Writes the first message of a session.</summary>
    /// <param name="welcome">The message.</param>
    /// <param name="epoch">The ticker's epoch as the gateway knows it.</param>
    byte[] WriteWelcome(WelcomeMessage welcome, long epoch);

    /// <summary>Writes the last frame: why the session ends, in this protocol's codes.</summary>
    byte[] WriteClose(CloseReason reason);
}
