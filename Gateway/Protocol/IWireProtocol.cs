using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>
/// A language in which sessions are written to; the route decides which. Everything that it writes is a whole frame. What clients may also
/// say is an <see cref="IWebSocketProtocol"/>. Any thread may call it.
/// </summary>
internal interface IWireProtocol
{
    /// <summary>Gets its encoding of quotes.</summary>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    /// <param name="detail">How much of each quote the client is sent.</param>
    IQuoteEncoding GetEncoding(bool isCompressed, DetailLevel detail);

    /// <summary>Gets its encoding of candles; null if it has no way to ask for them.</summary>
    /// <param name="isCompressed">Whether the client takes compressed messages.</param>
    ICandleEncoding? GetCandleEncoding(bool isCompressed) => null;

    /// <summary>Writes a message to a client. For a <see cref="WelcomeMessage"/>, use <see cref="WriteWelcome"/>.</summary>
    byte[] Write(ServerMessage message);

    /// <summary>Writes the first message of a session.</summary>
    /// <param name="welcome">The message.</param>
    /// <param name="epoch">The ticker's epoch as the gateway knows it.</param>
    /// <param name="from">The cursor that the session continues from; the default if it starts from the beginning.</param>
    byte[] WriteWelcome(WelcomeMessage welcome, long epoch, Cursor from);

    /// <summary>Writes the last frame: why the session ends, in this protocol's codes.</summary>
    byte[] WriteClose(CloseReason reason);
}
