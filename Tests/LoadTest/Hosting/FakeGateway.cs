using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Tests.LoadTest.Hosting;

/// <summary>A server that gives everyone the same token and answers everything else as a test wants.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string Token = "id.signature";

    private readonly WebApplication _app;

    private FakeGateway(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>The paths that were asked for, with their queries, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeGateway> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var gateway = new FakeGateway(app);
        app.UseWebSockets();
        app.MapPost("/auth/token", () => Results.Json(new Dictionary<string, object> { ["token"] = Token, ["expires_in"] = 3600 }));
        app.Map("/{**path}", (HttpContext context) =>
        {
            gateway.Requests.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
            if (context.Request.Headers.Authorization == $"Bearer {Token}")
            {
                return answer(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
