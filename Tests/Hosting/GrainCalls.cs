using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Observes calls to ConnectionGrains, and makes selected ones fail.</summary>
internal sealed class GrainCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Connection, string Method), TaskCompletionSource> _seen = new();

    /// <summary>The method of <see cref="IConnectionGrain"/> whose calls fail; none by default.</summary>
    public string? Failing { get; set; }

    /// <summary>The exception that they throw.</summary>
    public Func<Exception> Failure { get; set; } = () => new InvalidOperationException("This call fails because the test says so.");

    /// <summary>How many more calls to <see cref="Failing"/> fail.</summary>
    public int Failures { get; set; } = int.MaxValue;

    /// <summary>A task that messages wait for before they are answered.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public void Install(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this);

    /// <summary>Completes when a connection has left.</summary>
    public Task LeftAsync(string connectionId) =>
        SeenOf(connectionId, nameof(IConnectionGrain.LeaveAsync)).Task.WaitAsync(TickerClient.Patience, TimeProvider.System);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(IConnectionGrain))
        {
            if (context.InterfaceMethod.Name == Failing && Failures-- > 0)
            {
                throw Failure();
            }

            if (context.InterfaceMethod.Name == nameof(IConnectionGrain.MessageAsync))
            {
                await Answering;
            }

            await context.Invoke();
            SeenOf(context.TargetId.Key.ToString()!, context.InterfaceMethod.Name).TrySetResult();
        }
        else
        {
            await context.Invoke();
        }
    }

    private TaskCompletionSource SeenOf(string connection, string method) =>
        _seen.GetOrAdd((connection, method), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
