using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>A language whose quotes a test can make fail.</summary>
internal sealed class BreakableProtocol : IWireProtocol, IQuoteEncoding
{
    public bool IsBroken { get; set; }

    public DetailLevel Detail => DetailLevel.Price;

    public byte[] Encode(MarketState state, long prevSeq, ReadOnlySpan<int> places) =>
        IsBroken ? throw new InvalidOperationException("as the test says") : [1];

    public IQuoteEncoding GetEncoding(bool isCompressed, DetailLevel detail) => this;

    public byte[] Write(ServerMessage message) => throw new NotSupportedException();

    public byte[] WriteWelcome(WelcomeMessage welcome, long epoch, Cursor from) => throw new NotSupportedException();

    public byte[] WriteClose(CloseReason reason) => throw new NotSupportedException();
}
