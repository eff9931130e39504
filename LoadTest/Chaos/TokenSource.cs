using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The token of all clients: gotten when it is first asked for, and again when a gateway says that it is good no more.</summary>
internal sealed class TokenSource(string apiKey) : IDisposable
{
    private readonly TokenExchange _exchange = new();
    private readonly SemaphoreSlim _getting = new(1, 1);
    private string? _token;

    /// <param name="gateway">Whom to ask where there is none.</param>
    /// <param name="spent">A token that was refused; null where none was.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TokenRefusedException">The gateway gave none.</exception>
    public async Task<string> GetAsync(Uri gateway, string? spent, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _token) is { } known && known != spent)
        {
            return known;
        }

        await _getting.WaitAsync(cancellationToken);
        try
        {
            if (_token is null || _token == spent)
            {
                _token = (await _exchange.ExchangeAsync(gateway, apiKey, cancellationToken)).Value;
            }

            return _token;
        }
        finally
        {
            _getting.Release();
        }
    }

    public void Dispose()
    {
        _exchange.Dispose();
        _getting.Dispose();
    }
}
