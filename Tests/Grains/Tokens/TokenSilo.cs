using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Grains.Policies;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Grains.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>One real silo with the token grain, on a clock, a storage and a reminder table that tests hold in their hands.</summary>
public sealed class TokenSilo : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    internal FakeGrainStorage Storage { get; } = new();

    internal FakeReminderTable Reminders { get; } = new();

    internal CallFault Calls { get; } = new();

    public IGrainFactory Grains => _cluster!.Client;

    public ITokenSigner Signer => _cluster!.Silos[0].ServiceProvider.GetRequiredService<ITokenSigner>();

    public TokenRequest Request(string? secret = null) =>
        new(
            secret ?? Signer.NewSecret(),
            new Actor("user:demo", ImmutableDictionary<string, string>.Empty.Add("role", "user")),
            ["user"],
            "127.0.0.1");

    public ITokenGrain GrainOf(TokenRequest request) => Grains.GetGrain<ITokenGrain>(Signer.KeyOf(request.Secret));

    /// <summary>Ends the activation, so that the next call reads the storage.</summary>
    public Task ForgetAsync(ITokenGrain grain) => _cluster!.DeactivateAsync(grain);

    public bool IsActive(ITokenGrain grain) => _cluster!.TryGetGrainContext(grain.GetGrainId(), out _);

    public Task WaitForDeactivationAsync(ITokenGrain grain) => _cluster!.WaitForDeactivationAsync(grain);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.MakeSiloLight();
            silo.AddReminders();
            silo.AddIncomingGrainCallFilter(Calls);
            silo.Services.AddSingleton<IReminderTable>(Reminders);
            silo.Services.AddSingleton<TimeProvider>(Time);

            // Reminders run on the tests' clock, and all of them are loaded at once; the silo itself runs on the real one.
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddKeyedSingleton<TimeProvider>(Orleans.Reminders.ReminderTimeProviderNames.Reminders, Time);
            silo.Configure<ReminderOptions>(options => options.ReminderLoadingWindow = TimeSpan.FromDays(1));

            silo.Services.AddGrainStorage(StorageNames.Ticker, (services, _) =>
            {
                Storage.Serializer = services.GetRequiredService<IGrainStorageSerializer>();
                return Storage;
            });
            silo.Services.AddTokens(silo.Configuration).AddPolicies(silo.Configuration);
            silo.Services.Configure<TokenOptions>(options => options.Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
