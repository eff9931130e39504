using OrleansTicker.LoadTest.Exchange.Market;
using OrleansTicker.LoadTest.Exchange.Wire;

namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>One exchange: its products, its clients, and how it behaves. Thread-safe; what dialects call is called under its lock.</summary>
internal sealed class Venue : IDisposable
{
    private const int MaxRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Dictionary<string, Product> _bySymbol = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Product> _byName = new(StringComparer.Ordinal);
    private readonly List<ClientConnection> _open = [];
    private readonly List<ClientConnection> _all = [];
    private readonly Allowance? _connects;
    private TimeSpan _second;
    private IReadOnlyList<ClientConnection>? _audience;

    public Venue(IDialect dialect, IReadOnlyList<TestSymbol> symbols, TimeProvider time)
    {
        (Dialect, _time, _startedAt) = (dialect, time, time.GetTimestamp());
        Products = [.. symbols.Select(symbol => new Product(symbol, dialect.ProductOf(symbol.Base, symbol.Quote), dialect.Channels))];
        foreach (var product in Products)
        {
            _bySymbol.Add(product.Symbol.Name, product);
            _byName.Add(product.Name, product);
        }

        _connects = dialect.ConnectPace is { } pace ? new Allowance(pace) : null;
    }

    public IDialect Dialect { get; }

    public IReadOnlyList<Product> Products { get; }

    /// <summary>How the exchange misbehaves. Change it with <see cref="Do"/>.</summary>
    public Misbehaviour Misbehaviour { get; private set; } = new();

    /// <summary>Writes messages; under the lock.</summary>
    public MessageWriter Writer { get; } = new();

    /// <summary>The time since the exchange was made, on a monotonic clock.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt);

    /// <summary>The exchange's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + Misbehaviour.ClockOffset;

    /// <summary>The clients that are connected; under the lock.</summary>
    public IReadOnlyList<ClientConnection> Open => _open;

    /// <summary>All clients that have connected, at most the first ten thousand.</summary>
    public IReadOnlyList<ClientConnection> Connections => Read(() => _all.ToArray());

    /// <summary>How many clients are connected.</summary>
    public int OpenCount => Read(() => _open.Count);

    /// <summary>How many messages were sent to clients.</summary>
    public long Sent { get; set; }

    /// <summary>What has happened here, to be waited for.</summary>
    public Milestones Milestones { get; } = new();

    /// <summary>Reads something under the lock.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Does something under the lock, such as changing the <see cref="Misbehaviour"/>, and lets what is to be sent go out.</summary>
    public void Do(Action<Venue> action)
    {
        lock (_gate)
        {
            action(this);
        }

        Flush();
    }

    /// <summary>Ends all misbehaviour, and lists all products again.</summary>
    public void Behave() =>
        Do(venue =>
        {
            venue.Misbehaviour = new Misbehaviour();
            foreach (var product in venue.Products)
            {
                product.IsListed = true;
            }
        });

    /// <summary>Makes a trade. Nothing goes out before <see cref="Flush"/>.</summary>
    public void Trade(Product product, decimal price, decimal size, bool isSale)
    {
        lock (_gate)
        {
            product.Trade(price, size, isSale);
            Dialect.Trade(this, product);
        }
    }

    /// <summary>Changes a book's top. Nothing goes out before <see cref="Flush"/>.</summary>
    public void Book(Product product, decimal? bid, decimal? bidSize, decimal? ask, decimal? askSize)
    {
        lock (_gate)
        {
            product.Book(bid, bidSize, ask, askSize);
            Dialect.Book(this, product);
        }
    }

    /// <summary>Lets what was sent go out to the clients.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (var client in _open)
            {
                client.Flush();
            }
        }
    }

    /// <summary>Lets time pass: heartbeats, summaries, and what clients have missed. To be called ten times a second.</summary>
    public void Beat()
    {
        lock (_gate)
        {
            var isSecond = Elapsed - _second >= TimeSpan.FromSeconds(1);
            _second = isSecond ? Elapsed : _second;
            Dialect.Beat(this, isSecond);
        }

        Flush();
    }

    /// <summary>Counts an attempt to connect.</summary>
    /// <returns>The HTTP status to refuse it with; null to accept it.</returns>
    public int? Admit()
    {
        lock (_gate)
        {
            Milestones.Count(Milestone.Asked);
            var isInPace = _connects?.TryTake(Elapsed) != false || Misbehaviour.IgnoresLimits;
            return Misbehaviour.RefusesWith ?? (isInPace ? null : 429);
        }
    }

    /// <summary>Serves a client until the connection ends.</summary>
    public async Task ServeAsync(ServerSocket socket, string path, IReadOnlyDictionary<string, string> query, CancellationToken cancellationToken)
    {
        ClientConnection client;
        lock (_gate)
        {
            client = new ClientConnection(this, socket, path, query) { Number = Milestones.Count(Milestone.Opened), OpenedAt = Elapsed };
            _open.Add(client);
            if (_all.Count < MaxRemembered)
            {
                _all.Add(client);
            }

            Dialect.Open(this, client);
        }

        client.Flush();
        try
        {
            await socket.RunAsync(
                frame =>
                {
                    lock (_gate)
                    {
                        client.Receive(frame);
                    }

                    client.Flush();
                },
                cancellationToken);
        }
        finally
        {
            socket.Dispose();
            lock (_gate)
            {
                client.SetEnded();
                _open.Remove(client);
                Milestones.Count(Milestone.Closed);
            }
        }
    }

    /// <summary>The list of products as its REST interface gives it.</summary>
    public byte[] ListProducts()
    {
        lock (_gate)
        {
            return Dialect.WriteProducts(Writer, Products.Where(product => product.IsListed)).ToArray();
        }
    }

    /// <summary>Finds a product by the symbol, listed or not.</summary>
    public Product? FindSymbol(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>Finds a listed product by the exchange's name for it.</summary>
    public Product? FindProduct(string name) => _byName.TryGetValue(name, out var product) && product.IsListed ? product : null;

    /// <summary>What is said of a product now.</summary>
    public Figures FiguresOf(Product product) => Figures.Of(product, Misbehaviour, Now);

    /// <summary>Begins a message for all subscribers of a channel; <see cref="End"/> sends it.</summary>
    /// <returns>What writes it; null if nobody gets it.</returns>
    public MessageWriter? Begin(Product product, int channel) => product.IsListed ? Begin(product.SubscribersOf(channel)) : null;

    /// <summary>Begins a message about products for one client.</summary>
    public MessageWriter? BeginFor(ClientConnection client) => Begin([client]);

    /// <summary>Sends the message that was begun.</summary>
    public void End() => Send(Writer.End());

    /// <summary>Sends a message to those for whom it was begun.</summary>
    public void Send(ReadOnlySpan<byte> message)
    {
        Writer.WritesExponents = false;
        foreach (var client in _audience!)
        {
            client.Tell(message);
        }
    }

    public void Dispose() => Writer.Dispose();

    private MessageWriter? Begin(IReadOnlyList<ClientConnection> audience)
    {
        if (audience.Count == 0 || Misbehaviour.IsFrozen)
        {
            return null;
        }

        _audience = audience;
        Writer.WritesExponents = Misbehaviour.SendsExponents;
        return Writer.Begin();
    }
}
