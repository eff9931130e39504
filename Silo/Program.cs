using OrleansTicker.Grains.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.UseOrleans(silo => silo.UseSoleSilo().AddTicker(builder.Configuration));
await builder.Build().RunAsync();
