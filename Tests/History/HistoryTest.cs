using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;

namespace OrleansTicker.Tests.History;

/// <summary>A store over an empty database, for one test.</summary>
public abstract class HistoryTest : IAsyncLifetime
{
    protected static readonly TimeRange Always = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected IHistoryStore Store { get; private set; } = null!;

    private protected HistoryDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        Store = Database.Open();
        await Store.PrepareAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is not null)
        {
            await Store.DisposeAsync();
            await Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract Task<HistoryDatabase> CreateDatabaseAsync();

    private protected Task<IReadOnlyList<Candle>> ReadAsync(string symbol, CandleInterval interval) =>
        Store.ReadAsync(symbol, interval, Always, int.MaxValue, isNewest: false, Stop);
}
