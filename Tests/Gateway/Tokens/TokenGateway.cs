using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Tokens;
using OrleansTicker.Grains.Tokens;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Grains.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Tokens;

/// <summary>A web host on a real socket with the token exchange, a page, and <c>/who</c>, which requires a token.</summary>
internal sealed class TokenGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenGateway(WebApplication app, LogRecorder log, FakeTimeProvider time) => (_app, Log, Time) = (app, log, time);

    public LogRecorder Log { get; }

    public FakeTimeProvider Time { get; }

    public Uri Address => new(_app.Urls.Single());

    public string DemoKey => Log.Lines
        .Select(line => line.Text)
        .Single(text => text.StartsWith("Demo API key: ", StringComparison.Ordinal))["Demo API key: ".Length..].Trim();

    public static async Task<TokenGateway> StartAsync(TokenSilo silo, TemporaryFolder folder)
    {
        var log = new LogRecorder();
        var time = new FakeTimeProvider(silo.Time.GetUtcNow());
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = folder.Root });
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Tokens:Key", (string?)"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")]);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(silo.Grains);
        builder.Services.AddTokens(builder.Configuration);
        builder.Services.AddAudit(builder.Configuration).AddLimits(builder.Configuration);
        builder.Services.AddApiKeys(builder.Configuration);
        builder.Services.AddTokenExchange().AddTokenAuthentication(builder.Configuration);

        var app = builder.Build();
        app.UseRequestLimits();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTokenExchange();
        app.MapGet("/who", (HttpContext context) =>
        {
            var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
            return $"{context.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value} {string.Join(',', actor.Scope)} {actor.TokenKey}";
        }).RequireAuthorization();
        app.MapGet("/nobody", () => "never").RequireAuthorization(policy => policy.RequireClaim("nobody has this"));
        app.MapFallback(() => Results.Text("<html>the page</html>", "text/html"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TokenGateway(app, log, time);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
