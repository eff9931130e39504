using Microsoft.AspNetCore.Http.Features;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Aborts a connection, from any thread and at any time, even if the request has just ended and its context already serves another one.
/// </summary>
/// <param name="connection">The connection.</param>
internal sealed class RequestAborter(IHttpRequestLifetimeFeature connection) : IDisposable
{
    private readonly Lock _ending = new();
    private IHttpRequestLifetimeFeature? _connection = connection;

    /// <summary>Aborts the connection, unless the request has ended.</summary>
    public void Abort()
    {
        lock (_ending)
        {
            _connection?.Abort();
        }
    }

    /// <summary>Called when the request ends; after that there is nothing to abort.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _connection = null;
        }
    }
}
