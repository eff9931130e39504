using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Delivery;
using OrleansTicker.Tests.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>
/// Whatever happens, and in whatever order, a client that applies what it is sent holds exactly the market of its view in the
/// end, never sees time run backwards, and misses nothing between two messages.
/// </summary>
public sealed class SessionProperties
{
    private static readonly string[] Symbols = ["A", "B", "C", "D", "E"];

    private static readonly Gen<string[]> GenSymbols = Gen.Int[0, 31].Select(set => Symbols.Where((_, index) => (set & (1 << index)) != 0).ToArray());

    private static readonly Gen<Step> GenStep = Gen.Frequency(
        (8, Gen.Select(GenSymbols, Gen.Int[1, 999], (symbols, price) => new Step($"{price} for {string.Join(' ', symbols)}", world => world.Tick(symbols, price)))),
        (4, Gen.Select(GenSymbols, Gen.Int[1, 999], (symbols, bid) => new Step($"bid {bid} for {string.Join(' ', symbols)}", world => world.Bid(symbols, bid)))),
        (1, Gen.Int[2, 100].Select(ticks => new Step($"{ticks} ticks missed", world => world.MissTicks(ticks)))),
        (1, Gen.Const(new Step("new epoch", world => world.NewEpoch()))),
        (3, Gen.Int[0, 300].Select(room => new Step($"room for {room}", world => world.Room(room)))),
        (3, Gen.Const(new Step("room", world => world.Room(int.MaxValue)))),
        (8, Gen.Const(new Step("flush", world => world.Flush()))),
        (2, Gen.Int[1, 200].Select(milliseconds => new Step($"{milliseconds} ms", world => world.Wait(milliseconds)))),
        (2, Gen.Select(GenSymbols, Gen.Int[0, 2], Gen.Enum<DetailLevel>(), (symbols, length, detail) =>
            new Step($"view {string.Join(' ', symbols)} each {length * 100} ms, {detail}", world => world.ChangeView(symbols, length * 100, detail)))),
        (1, Gen.Const(new Step("reconnect", world => world.Reconnect()))));

    [Fact]
    public void A_client_ends_with_the_market_of_its_view() => GenStep.List[0, 80].Sample(
        steps =>
        {
            var world = new World();
            foreach (var step in steps)
            {
                step.Do(world);
            }

            world.ComeToRest();
            Assert.Equal(world.Expected, world.Client.Prices.OrderBy(price => price.Key));
            Assert.All(world.ExpectedBids, expected => Assert.Equal(expected.Bid, world.Client.Bids[expected.Symbol]));
        },
        iter: 20_000);

    private sealed record Step(string Name, Action<World> Do)
    {
        public override string ToString() => Name;
    }

    private sealed class World : IMarketFeed
    {
        private readonly FakeTimeProvider _time = new();
        private readonly SentCounts _sent = new();
        private ScriptedSocket _socket = new();
        private TestSession _session = null!;
        private Cursor _cursor;
        private TimeSpan _interval;
        private DetailLevel _detail;
        private string[]? _wanted; // Null for all.
        private long _version;

        public World()
        {
            Newest = Ticks.State(1, 1, ("A", 1, 1), ("B", 1, 1), ("C", 1, 1));
            Connect();
        }

        public event Action? Changed
        {
            add { }
            remove { }
        }

        public MarketState Newest { get; private set; }

        public ModelClient Client { get; } = new();

        public IEnumerable<KeyValuePair<string, decimal>> Expected => Newest.Contents()
            .Where(quote => _session.Channel.View.Symbols.Contains(quote.Symbol))
            .Select(quote => KeyValuePair.Create(quote.Symbol, quote.Price))
            .OrderBy(price => price.Key);

        /// <summary>The bids in its view, if it is sent them.</summary>
        public IEnumerable<(string Symbol, decimal? Bid)> ExpectedBids => _detail == DetailLevel.Price ? [] : Enumerable.Range(0, Newest.Count)
            .Select(place => (Newest[place].Quote.Symbol, Newest[place].Quote.Details?.Bid))
            .Where(quote => _session.Channel.View.Symbols.Contains(quote.Symbol));

        /// <summary>Changes nothing but the bids of symbols that there are.</summary>
        public void Bid(string[] symbols, int bid)
        {
            Quote[] changed = [.. Enumerable.Range(0, Newest.Count).Select(place => Newest[place].Quote)
                .Where(quote => symbols.Contains(quote.Symbol))
                .Select(quote => quote with { Details = new QuoteDetails { Bid = bid } })];
            if (changed.Length > 0)
            {
                Newest = Newest.Apply(new Tick(Newest.At.Epoch, Newest.At.Seq + 1, Ticks.Noon, [.. changed]));
            }
        }

        public void Tick(string[] symbols, int price)
        {
            if (symbols.Length > 0)
            {
                Newest = Newest.Apply(Ticks.Tick(Newest.At.Epoch, Newest.At.Seq + 1, [.. symbols.Select(symbol => (symbol, (decimal)price))]));
            }
        }

        public void MissTicks(int ticks)
        {
            var seq = Newest.At.Seq + ticks;
            var quotes = Enumerable.Range(0, Newest.Count).Select(place => Newest[place])
                .Select(quote => quote.Quote.Symbol == "A" ? new MarketQuote(quote.Quote with { Price = quote.Quote.Price + 1 }, seq, seq) : quote);
            Newest = MarketState.From(new MarketSnapshot(Newest.At.Epoch, seq, Ticks.Noon, [.. quotes]), Newest);
        }

        public void NewEpoch() => Newest = MarketState.From(
            Ticks.Snapshot(Newest.At.Epoch + 1, 1, [.. Newest.Contents().Select(quote => (quote.Symbol, quote.Price, 1L))]), Newest);

        public void Room(int room) => _socket.Room = room;

        public void Wait(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        public TimeSpan Flush()
        {
            _session.Channel.OnSymbolsChanged(Newest);
            var again = _session.Session.Flush(this, _time, _sent, ref _cursor);
            Client.Take(_socket.Taken);
            return again;
        }

        /// <summary>Holds prices back, acknowledges and applies the view, in the order of the message handler.</summary>
        public void ChangeView(string[] symbols, int interval, DetailLevel detail)
        {
            symbols = [.. symbols.Where(symbol => Newest.Symbols.Contains(symbol))];
            _wanted = symbols;
            _session.Channel.Hold();
            var text = Encoding.UTF8.GetBytes($$"""{"type":"subscribed","symbols":{{JsonSerializer.Serialize(symbols)}}}""");
            _ = _session.Outbox.WriteAsync([0x81, (byte)text.Length, .. text]);
            Flush();
            _interval = TimeSpan.FromMilliseconds(interval);
            _detail = detail;
            ApplyView(symbols, _interval, isReview: false);
        }

        public void Reconnect() => Connect();

        public void ComeToRest()
        {
            Room(int.MaxValue);
            for (var round = 0; round < 10; round++)
            {
                var again = Flush();
                _time.Advance(again < TimeSpan.FromSeconds(1) ? again : TimeSpan.FromSeconds(1));
            }
        }

        private void Connect()
        {
            _socket = new ScriptedSocket();
            _session = new TestSession(_socket, Newest.Symbols, _time)
            {
                OnReview = market => ApplyView([.. market.Where(symbol => _wanted?.Contains(symbol) ?? true).Order(StringComparer.Ordinal)], _interval, isReview: true),
            };
            _cursor = Newest.Resume(Client.Resume());
            (_wanted, _interval, _detail, _version) = (null, TimeSpan.Zero, DetailLevel.Price, 0);
        }

        private void ApplyView(string[] symbols, TimeSpan interval, bool isReview) => _session.Channel.Apply(
            new ViewChange(new SessionView([.. symbols], interval, ++_version, Detail: _detail), Newest.Symbols, isReview));
    }
}
