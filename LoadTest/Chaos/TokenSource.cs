using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The token that all clients share. It is requested at first use, and again after a gateway has refused it.</summary>
internal sealed class TokenSource(string apiKey) : IDisposable
{
    private readonly TokenExchange _exchange = new();
    private readonly SemaphoreSlim _getting = new(1, 1);
    private string? _token;

    /// <param name="gateway">The gateway to request it from.</param>
    /// <param name="spent">A token that was refused; null if none was.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TokenRefusedException">The gateway issued no token.</exception>
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
